"use strict";
(() => {
  const wanted = location.search === "?annex" ? "annex" : "edition";
  const link = document.getElementById(wanted) || document.getElementById("edition") || document.getElementById("annex");
  if (link) { location.replace(link.href + location.hash); }
})();
