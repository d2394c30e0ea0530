/* Applies the reader's saved display mode before the first paint. */
(function (root) {
  root.setAttribute('data-js', '');
  try {
    ['theme', 'contrast', 'type'].forEach(function (key) {
      var value = localStorage.getItem('gongbao.' + key);
      if (value) root.setAttribute('data-' + key, value);
    });
  } catch (e) { /* storage refused: the system's settings apply */ }
})(document.documentElement);
