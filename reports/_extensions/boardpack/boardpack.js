// A region that scrolls can be reached by keyboard and has a name; one that does not is no region at all.
(function () {
  var kinds = { TABLE: "table-scroll", svg: "figure-scroll" };
  document.querySelectorAll("main table, main figure svg.chart").forEach(function (el, i) {
    var kind = kinds[el.tagName];
    if (el.closest("." + kind)) return;
    var box = document.createElement("div");
    box.className = kind;
    box.dataset.name = (kind === "table-scroll" ? "Table " : "Chart ") + (i + 1);
    el.parentNode.insertBefore(box, el);
    box.appendChild(el);
  });
  var boxes = Array.from(document.querySelectorAll(".table-scroll, .figure-scroll"));
  boxes.forEach(function (box) { box.dataset.name = box.dataset.name || box.getAttribute("aria-label"); });
  function mark() {
    boxes.forEach(function (box) {
      if (box.scrollWidth > box.clientWidth + 1) {
        box.tabIndex = 0;
        box.setAttribute("role", "region");
        box.setAttribute("aria-label", box.dataset.name);
      } else {
        ["tabindex", "role", "aria-label"].forEach(function (name) { box.removeAttribute(name); });
      }
    });
  }
  var contents = document.querySelector("#TOC details");
  if (contents && !matchMedia("(min-width: 64rem)").matches) contents.open = false;
  mark();
  addEventListener("resize", mark);
  if (document.fonts) document.fonts.ready.then(mark);
})();
