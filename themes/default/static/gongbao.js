/* gongbao · what the pages gain with script: kept display modes, notes on figures,
   tables that sort and filter. Everything is readable without it. */
(function () {
  'use strict';
  var root = document.documentElement;
  var all = function (selector, from) { return Array.prototype.slice.call((from || document).querySelectorAll(selector)); };
  var zh = /^zh/.test(root.lang);
  var say = zh
    ? { basis: '口径', reason: '无数原因', beside: '说明', asOf: '截至', more: '统计口径', close: '关闭', note: '数字说明', shown: function (n, all) { return '显示 ' + n + ' 个，共 ' + all + ' 个'; } }
    : { basis: 'Basis', reason: 'Why none', beside: 'Note', asOf: 'As of', more: 'How it is counted', close: 'Close', note: 'About this figure', shown: function (n, all) { return 'Showing ' + n + ' of ' + all; } };

  /* From a memory stick (file://) a link to a folder shows a list of files: lead to the page in it. Over http nothing changes. */
  if (location.protocol === 'file:') {
    all('a[href]').forEach(function (link) {
      if (link.protocol === 'file:' && /\/$/.test(link.pathname)) link.pathname += 'index.html';
    });
  }

  /* From a memory stick there is no server that knows the page of a folder. */
  function nameThePage(event) {
    var link = event.target.closest && event.target.closest('a[href]');
    if (link && link.protocol === 'file:' && /\/$/.test(link.pathname)) link.pathname += 'index.html';
  }
  if (location.protocol === 'file:') ['click', 'auxclick'].forEach(function (type) { document.addEventListener(type, nameThePage, true); });

  /* Display modes: kept in this browser only. */
  function keep(key, value, normal) {
    if (value === normal) root.removeAttribute('data-' + key); else root.setAttribute('data-' + key, value);
    try {
      if (value === normal) localStorage.removeItem('gongbao.' + key); else localStorage.setItem('gongbao.' + key, value);
    } catch (e) { /* not kept: it still holds for this page */ }
  }
  all('[data-display]').forEach(function (input) {
    var key = input.getAttribute('data-display');
    var saved = root.getAttribute('data-' + key);
    if (input.type === 'checkbox') input.checked = saved === input.value;
    else input.checked = saved ? saved === input.value : input.hasAttribute('checked');
    input.addEventListener('change', function () {
      if (input.type === 'checkbox') keep(key, input.checked ? input.value : '', '');
      else if (input.checked) keep(key, input.value, input.getAttribute('data-normal'));
    });
  });
  all('details.display').forEach(function (panel) {
    document.addEventListener('click', function (event) { if (!panel.contains(event.target)) panel.open = false; });
    panel.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && panel.open) { panel.open = false; panel.querySelector('summary').focus(); }
    });
  });

  /* Notes on figures. */
  var note = null, asked = null;
  function close(giveBack) {
    if (!note) return;
    note.remove();
    asked.setAttribute('aria-expanded', 'false');
    if (giveBack) asked.focus();
    note = asked = null;
  }
  function make(tag, text) { var element = document.createElement(tag); if (text) element.textContent = text; return element; }
  function dateText(date) {
    var parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date || '');
    return parts && zh ? +parts[1] + '年' + +parts[2] + '月' + +parts[3] + '日' : date;
  }
  function open(figure) {
    close(false);
    asked = figure;
    note = make('div');
    note.className = 'figure-note';
    note.setAttribute('role', 'dialog');
    note.setAttribute('aria-label', say.note);
    note.tabIndex = -1;
    note.appendChild(make('strong', figure.textContent));
    if (figure.dataset.label) note.appendChild(make('span', figure.dataset.label));
    var facts = make('dl');
    [[say.basis, figure.dataset.basis], [say.reason, figure.dataset.reason], [say.beside, figure.dataset.note], [say.asOf, dateText(figure.dataset.asOf)]].forEach(function (fact) {
      if (fact[1]) { facts.appendChild(make('dt', fact[0])); facts.appendChild(make('dd', fact[1])); }
    });
    note.appendChild(facts);
    var links = make('div');
    links.className = 'links';
    var more = make('a', say.more);
    more.href = figure.href;
    var shut = make('button', say.close);
    shut.type = 'button';
    shut.addEventListener('click', function () { close(true); });
    links.appendChild(more);
    links.appendChild(shut);
    note.appendChild(links);
    document.body.appendChild(note);
    var at = figure.getBoundingClientRect(), own = note.getBoundingClientRect();
    var left = Math.max(16, Math.min(at.left, root.clientWidth - own.width - 16));
    var above = at.bottom + own.height + 12 > root.clientHeight && at.top > own.height + 12;
    note.style.left = left + window.scrollX + 'px';
    note.style.top = (above ? at.top - own.height - 8 : at.bottom + 8) + window.scrollY + 'px';
    figure.setAttribute('aria-expanded', 'true');
    more.focus({ preventScroll: true });
  }
  all('a.figure[data-basis]').forEach(function (figure) {
    figure.setAttribute('aria-haspopup', 'dialog');
    figure.setAttribute('aria-expanded', 'false');
    figure.removeAttribute('title');
  });
  document.addEventListener('click', function (event) {
    var figure = event.target.closest && event.target.closest('a.figure[data-basis]');
    if (figure && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      if (asked === figure) close(false); else open(figure);
    } else if (note && !note.contains(event.target)) close(false);
  });
  document.addEventListener('keydown', function (event) {
    if (!note) return;
    if (event.key === 'Escape') { event.preventDefault(); close(true); }
    if (event.key === 'Tab' && note.contains(event.target)) {
      var stops = all('a, button', note), last = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (event.target === last) { event.preventDefault(); close(true); }
    }
  });

  /* Contents are open where they stand beside the text, and folded above it. */
  if (matchMedia('(min-width: 60rem)').matches) all('.contents details').forEach(function (fold) { fold.open = true; });

  /* Tables that sort: a cell's data-sort, else its text. */
  var collator = typeof Intl === 'object' ? new Intl.Collator(root.lang || 'zh-CN', { numeric: true }) : null;
  function key(row, index) { var cell = row.cells[index]; return cell ? (cell.dataset.sort !== undefined ? cell.dataset.sort : cell.textContent.trim()) : ''; }
  function sort(table, index, down) {
    var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
    rows.forEach(function (row, place) { row._place = row._place === undefined ? place : row._place; });
    rows.sort(function (a, b) {
      if (index < 0) return a._place - b._place;
      var x = key(a, index), y = key(b, index), order;
      if (x === '' || y === '') return (x === '') - (y === '') || a._place - b._place;
      order = !isNaN(x) && !isNaN(y) ? x - y : collator ? collator.compare(x, y) : x < y ? -1 : x > y ? 1 : 0;
      return (down ? -order : order) || a._place - b._place;
    });
    rows.forEach(function (row) { body.appendChild(row); });
    all('thead th', table).forEach(function (th, i) {
      if (i === index) th.setAttribute('aria-sort', down ? 'descending' : 'ascending'); else th.removeAttribute('aria-sort');
    });
  }
  all('table[data-sortable]').forEach(function (table) {
    all('thead th', table).forEach(function (th, index) {
      if (th.hasAttribute('data-fixed')) return;
      var button = make('button');
      button.type = 'button';
      button.className = 'sort';
      var label = button.appendChild(make('span'));
      while (th.firstChild) label.appendChild(th.firstChild);
      th.appendChild(button);
      button.addEventListener('click', function () {
        var now = th.getAttribute('aria-sort');
        sort(table, index, now ? now === 'ascending' : th.classList.contains('num'));
      });
    });
  });

  /* Forms that filter a table: a control's name is a row's data attribute; `q` is its text. */
  all('form[data-filter]').forEach(function (form) {
    var table = document.getElementById(form.getAttribute('data-filter'));
    if (!table) return;
    var rows = Array.prototype.slice.call(table.tBodies[0].rows), status = form.querySelector('[role="status"]');
    var text = rows.map(function (row) { return row.textContent.toLowerCase(); });
    function order() { var by = (form.elements.sort.value || '-1').split(':'); sort(table, +by[0], by[1] === 'down'); }
    function apply() {
      var wanted = new URLSearchParams(new FormData(form)), shown = 0;
      var words = (wanted.get('q') || '').toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach(function (row, i) {
        var fits = words.every(function (word) { return text[i].indexOf(word) >= 0; });
        wanted.forEach(function (value, name) {
          if (value && name !== 'q' && name !== 'sort' && row.getAttribute('data-' + name) !== value) fits = false;
        });
        row.hidden = !fits;
        if (fits) shown++;
      });
      if (status) status.textContent = say.shown(shown, rows.length);
      Array.from(wanted.keys()).forEach(function (name) { if (!wanted.get(name)) wanted.delete(name); });
      try { history.replaceState(null, '', wanted.toString() ? '?' + wanted : location.pathname); } catch (e) { /* file:// may refuse */ }
    }
    new URLSearchParams(location.search).forEach(function (value, name) { if (form.elements[name]) form.elements[name].value = value; });
    form.addEventListener('input', function (event) { if (event.target.name === 'sort') order(); apply(); });
    form.addEventListener('submit', function (event) { event.preventDefault(); apply(); });
    form.addEventListener('reset', function () { setTimeout(function () { sort(table, -1); apply(); }); });
    if (location.search.length > 1) { if (form.elements.sort && form.elements.sort.value) order(); apply(); }
  });
})();
