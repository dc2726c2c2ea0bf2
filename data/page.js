(function () {
  "use strict";
  var box = document.getElementById("q");
  var count = document.getElementById("count");
  var form = document.getElementById("search");
  if (!box || !count || !form || !String.prototype.normalize) return;

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  var items = Array.prototype.map.call(document.querySelectorAll("li.ref"), function (item) {
    return { item: item, text: fold(item.textContent) };
  });
  var sections = Array.prototype.slice.call(document.querySelectorAll("main section"));

  function search() {
    var words = fold(box.value).split(/\s+/).filter(Boolean);
    var shown = 0;
    items.forEach(function (entry) {
      var fits = words.every(function (word) { return entry.text.indexOf(word) >= 0; });
      entry.item.hidden = !fits;
      if (fits) shown++;
    });
    sections.forEach(function (section) {
      section.hidden = words.length > 0 && !section.querySelector("li.ref:not([hidden])");
    });
    count.textContent = words.length ? shown + " of " + items.length : items.length + " papers";
  }

  var waiting = 0;
  box.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(search, 80);
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); search(); });
  form.hidden = false;
  search();
})();
