// Keeps a page as the site is. Only `gongbao serve` adds this script; published pages carry none.
(() => {
  "use strict";
  const script = document.currentScript;
  const page = script.dataset.page;
  let styles = script.dataset.styles;
  let source = null;
  let overlay = null;
  let laid = "null";

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
      fresh.addEventListener("load", () => outdate(fresh), { once: true });
      fresh.addEventListener("error", () => outdate(fresh), { once: true });
      link.after(fresh);
    }
  }

  // The old ones stand before the new one: more than one if it was loaded anew again before the first had come.
  function outdate(fresh) {
    while (fresh.previousElementSibling?.dataset.gongbaoOld === "") fresh.previousElementSibling.remove();
  }

  // What was put aside stays so until something else is wrong; who reads keeps the place.
  function lay(problems) {
    const text = JSON.stringify(problems);
    if (text === laid) return;
    laid = text;
    if (!problems) {
      overlay?.remove();
      overlay = null;
      return;
    }
    overlay ??= frame();
    if (!overlay.isConnected) document.documentElement.append(overlay);
    const section = overlay.shadowRoot.querySelector("section");
    section.lang = problems.lang;
    for (const name of ["title", "close", "text"]) section.querySelector("#" + name).textContent = problems[name];
  }

  function frame() {
    const frame = document.createElement("gongbao-problems");
    const root = frame.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
      section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; box-sizing: border-box; max-height: 70vh;
        overflow: auto; padding: 0 1.25rem 1rem; background: #1d1f21; color: #f4f4f4; border-top: 4px solid #d93025;
        font: 14px/1.5 ui-monospace, "Noto Sans Mono CJK SC", monospace; text-align: left; }
      header { position: sticky; top: 0; left: 0; display: flex; gap: 1rem; align-items: start; justify-content: space-between;
        padding: 1rem 0 .75rem; background: inherit; }
      h2 { margin: 0; font: bold 16px/1.5 system-ui, sans-serif; color: #ff8a80; }
      pre { margin: 0; white-space: pre; font: inherit; }
      button { flex: none; padding: .25rem .75rem; font: inherit; color: inherit; background: #3c4043;
        border: 1px solid #9aa0a6; border-radius: 4px; cursor: pointer; }
      @media print { section { display: none; } }`);
    root.adoptedStyleSheets = [sheet];
    const section = add(root, "section");
    section.setAttribute("role", "alert");
    section.tabIndex = 0;
    const header = add(section, "header");
    add(header, "h2", "title");
    const close = add(header, "button", "close");
    close.type = "button";
    close.addEventListener("click", () => overlay.remove());
    add(section, "pre", "text");
    return frame;
  }

  function add(parent, name, id = "") {
    const element = document.createElement(name);
    element.id = id;
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
