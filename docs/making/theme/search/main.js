// Search in pages from disk: browsers give these neither workers nor requests, so the index is a script.
(function () {
  var shown = document.getElementById("properdocs-search-results");
  if (!shown) return;
  var field = document.getElementById("properdocs-search-query");

  function load(name, then) {
    var script = document.createElement("script");
    script.src = base_url + "/search/" + name;
    script.onload = then;
    document.head.append(script);
  }

  function entry(page) {
    var article = document.createElement("article");
    var link = document.createElement("a");
    link.href = base_url + "/" + page.location;
    link.textContent = page.title;
    var heading = document.createElement("h3");
    heading.append(link);
    var words = document.createElement("p");
    words.textContent = page.text.slice(0, 200);
    article.append(heading, words);
    return article;
  }

  load("lunr.js", function () {
    load("search_index.js", function () {
      var pages = {};
      var index = lunr(function () {
        this.field("title", { boost: 10 });
        this.field("text");
        this.ref("location");
        searchIndex.docs.forEach(function (page) {
          pages[page.location] = page;
          this.add(page);
        }, this);
      });
      function look() {
        var words = field.value.replace(/[:~^*+-]/g, " ");
        var found = words.trim().length > 1 ? index.search(words).slice(0, 40) : [];
        shown.replaceChildren.apply(shown, found.map(function (one) { return entry(pages[one.ref]); }));
        if (!found.length) shown.textContent = "Nothing found.";
      }
      field.value = new URLSearchParams(window.location.search).get("q") || "";
      field.addEventListener("input", look);
      look();
    });
  });
})();
