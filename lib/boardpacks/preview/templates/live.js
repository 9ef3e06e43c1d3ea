// Follows a preview: loads the page again when there is a new one, and says what is going on. The server adds it.
(() => {
  const own = document.currentScript.dataset.page;
  const COLOURS = { working: "#425563", fresh: "#00662f", failed: "#b10e1e", found: "#7a4a00", lost: "#b10e1e" };
  const NAMES = { working: "Working", fresh: "Up to date", failed: "Failed", found: "Not fit for a pack yet", lost: "Ended" };

  const host = document.createElement("aside");
  host.id = "boardpacks-preview";
  host.setAttribute("aria-label", "Preview");
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>
    .bar { position: fixed; inset: auto 0 0 0; z-index: 1000; max-height: 60vh; overflow: auto; box-sizing: border-box;
      padding: .5rem 1rem; font: 400 1rem/1.5 Inter, Arial, sans-serif; color: #fff; overflow-wrap: anywhere; }
    p { margin: 0; } .name { font-weight: 700; }
    pre { margin: .4rem 0; padding: .6rem .8rem; background: #fff; color: #212b32; white-space: pre-wrap; font: .9375rem/1.5 monospace; }
    button { font: inherit; color: #212b32; background: #fff; border: 0; border-radius: .25rem; padding: .1rem .7rem; }
    button:focus-visible { outline: 3px solid #ffeb3b; }
    @media print { .bar { display: none; } }
  </style><div class="bar"><p><span role="status"><span class="name"></span> <span class="words"></span></span>
    <button type="button" hidden></button></p><div class="faults"></div></div>`;
  document.body.append(host);

  const bar = root.querySelector(".bar"), faults = root.querySelector(".faults"), button = root.querySelector("button");
  const fold = (closed) => {
    faults.hidden = closed;
    button.textContent = closed ? "Show what is wrong" : "See the page below";
  };
  button.addEventListener("click", () => fold(!faults.hidden));

  function tell(state, words, found) {
    bar.style.background = COLOURS[state];
    root.querySelector(".name").textContent = `${NAMES[state]}.`;
    root.querySelector(".words").textContent = words;
    faults.replaceChildren(...found.map((fault) => {
      const shown = document.createElement("pre");
      shown.textContent = fault;
      return shown;
    }));
    button.hidden = !found.length;
    fold(false);
    host.dataset.state = state;
  }

  const events = new EventSource("/events");
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.page !== own) {
      events.close();
      location.reload();
    } else {
      tell(told.state, told.words, told.faults);
    }
  };
  events.onerror = () => tell("lost", "The preview does not answer. Start it again: boardpacks preview.", []);
})();
