"use strict";
(() => {
  const finder = document.getElementById("finder");
  const form = document.getElementById("find");
  const count = document.getElementById("count");
  const items = [...document.querySelectorAll("[data-words]")];
  const groups = [...document.querySelectorAll(".group")];
  const fields = ["words", "place", "meeting", "status"];
  const field = name => form.elements[name];
  const asked = () => fields.map(name => [name, field(name).value.trim()]).filter(([, value]) => value);

  const fits = (item, wanted) => wanted.every(([name, value]) => name === "words"
    ? value.toLowerCase().split(/\s+/).every(word => item.dataset.words.includes(word))
    : item.dataset[name].split(" ").includes(value));

  const show = () => {
    const wanted = asked();
    items.forEach(item => { item.hidden = !fits(item, wanted); });
    groups.forEach(group => { group.hidden = !group.querySelector("[data-words]:not([hidden])"); });
    const shown = items.filter(item => !item.hidden).length;
    const noun = items.length === 1 ? "pack" : "packs";
    count.textContent = shown === 0 ? "No pack fits. Show all, or use fewer words."
      : shown === items.length ? `All ${items.length} ${noun} shown` : `${shown} of ${items.length} ${noun} shown`;
  };

  const remember = () => {
    const hash = new URLSearchParams(asked()).toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.href.split("#")[0]);
  };

  const recall = () => {
    const hash = location.hash.slice(1);
    if (hash && !hash.includes("=")) { return; }
    const told = new URLSearchParams(hash);
    fields.forEach(name => { field(name).value = told.get(name) || ""; });
    fields.forEach(name => { if (field(name).selectedIndex === -1) { field(name).value = ""; } });
    if (asked().length) { finder.open = true; }
    show();
  };

  const change = () => { show(); remember(); };

  form.addEventListener("input", change);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(change));
  form.addEventListener("keydown", event => {
    if (event.key !== "Escape") { return; }
    event.preventDefault();
    form.reset();
    field("words").focus();
  });
  window.addEventListener("hashchange", recall);
  finder.hidden = false;
  finder.open = matchMedia("(min-width: 62rem)").matches;
  show();
  recall();
})();
