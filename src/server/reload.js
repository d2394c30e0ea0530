// Keeps a page as the site is. Only `gongbao serve` adds this script; published pages carry none.
(() => {
  "use strict";
  const script = document.currentScript;
  const page = script.dataset.page;
  let styles = script.dataset.styles;
  let source = null;
  let overlay = null;

  // A page that nobody looks at gives its connection back: browsers keep only six to a server.
  function follow() {
    if (document.visibilityState === "hidden") {
      source?.close();
      source = null;
    } else if (!source || source.readyState === EventSource.CLOSED) {
      const shown = new URLSearchParams({ path: location.pathname, page, styles });
      source = new EventSource("/.gongbao/events?" + shown);
      source.addEventListener("problems", (event) => lay(JSON.parse(event.data)));
      source.addEventListener("styles", (event) => restyle(event.data));
      source.addEventListener("reload", reload);
    }
  }

  const place = "gongbao-scroll:" + location.pathname;

  function reload() {
    source.close();
    try {
      sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    } catch {
      // Without storage the browser's own memory of the place must do.
    }
    location.reload();
  }

  function scrollBack() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch {
      return;
    }
    if (!kept) return;
    const back = () => scrollTo({ left: kept[0], top: kept[1], behavior: "instant" });
    back();
    // Pictures make a page longer when they arrive.
    addEventListener("load", () => requestAnimationFrame(back), { once: true });
  }

  // Each stylesheet is loaded anew beside the old one, which goes when the new one is there: nothing flickers.
  function restyle(hash) {
    styles = hash;
    for (const link of document.querySelectorAll("link[rel~=stylesheet]:not([data-gongbao-old])")) {
      const address = new URL(link.href, location.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("gongbao", hash.slice(0, 16));
      const fresh = link.cloneNode();
      fresh.href = address.href;
      link.dataset.gongbaoOld = "";
      fresh.addEventListener("load", () => link.remove(), { once: true });
      fresh.addEventListener("error", () => link.remove(), { once: true });
      link.after(fresh);
    }
  }

  function lay(problems) {
    overlay?.remove();
    overlay = null;
    if (!problems) return;
    overlay = document.createElement("gongbao-problems");
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 70vh;
        overflow: auto; padding: 1rem 1.25rem; background: #1d1f21; color: #f4f4f4; border-top: 4px solid #d93025;
        font: 14px/1.5 ui-monospace, "Noto Sans Mono CJK SC", monospace; text-align: left; }
      h2 { margin: 0 6rem .75rem 0; font: bold 16px/1.5 system-ui, sans-serif; color: #ff8a80; }
      pre { margin: 0; white-space: pre; font: inherit; }
      button { position: absolute; top: 1rem; right: 1.25rem; padding: .25rem .75rem; font: inherit; color: inherit;
        background: #3c4043; border: 1px solid #9aa0a6; border-radius: 4px; cursor: pointer; }
      @media print { section { display: none; } }`);
    root.adoptedStyleSheets = [sheet];
    const section = add(root, "section", "");
    section.lang = problems.lang;
    section.setAttribute("role", "alert");
    section.tabIndex = 0;
    add(section, "h2", problems.title);
    const close = add(section, "button", problems.close);
    close.type = "button";
    close.addEventListener("click", () => overlay?.remove());
    add(section, "pre", problems.text);
    document.documentElement.append(overlay);
  }

  function add(parent, name, text) {
    const element = document.createElement(name);
    element.textContent = text;
    parent.append(element);
    return element;
  }

  addEventListener("keydown", (event) => event.key === "Escape" && overlay?.remove());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => event.persisted && follow());
  scrollBack();
  follow();
})();
