// The page of `mkba scherm`, before Voilà's own scripts: what it asks, what it says when nobody listens, what it opens.
(() => {
  const luister = window.addEventListener.bind(window);
  // the token is in a cookie by now: not in the address bar, where it is read and copied
  history.replaceState(null, "", location.pathname);

  // Every change is kept as a draft. Ask before the page goes only when the last one was not (yet).
  const bewaard = () => document.querySelector(".mkba-auto")?.dataset ?? {};
  let gewijzigd = false, voor = "";
  document.addEventListener("change", (wijziging) => {
    if (wijziging.target.matches(".mkba-in input")) { gewijzigd = true; voor = bewaard().nummer ?? ""; }
  }, true);
  document.addEventListener("click", (klik) => {
    if (klik.target.closest("button")?.textContent.startsWith("Bewaar")) { gewijzigd = false; }
  });
  luister("beforeunload", (sluiten) => {
    if (gewijzigd && (bewaard().nummer ?? "") === voor) { sluiten.preventDefault(); }
  });

  // After the page was loaded anew it goes on with the draft that it had: the new kernel is asked for it.
  const SLEUTEL = "mkba-concept";
  luister("pagehide", () => {
    const concept = bewaard().concept;
    if (concept) { sessionStorage.setItem(SLEUTEL, concept); }
  });
  // A page without one says that it is there: what the kernel sent while it was being built, it may have missed.
  const eerder = sessionStorage.getItem(SLEUTEL) ?? "-";
  const kijker = new MutationObserver(() => {
    const vak = document.querySelector(".mkba-concept textarea");
    if (!vak) { return; }
    kijker.disconnect();
    vak.value = eerder;
    for (const soort of ["input", "change"]) { vak.dispatchEvent(new Event(soort, {bubbles: true})); }
  });
  kijker.observe(document.documentElement, {childList: true, subtree: true});

  // Voilà ends the kernel as soon as that is asked; who then stays would have a page without one. It is to wait until
  // the page goes.
  window.addEventListener = (soort, ...rest) => luister(soort === "beforeunload" ? "pagehide" : soort, ...rest);
  luister("pageshow", (weer) => { if (weer.persisted) { location.reload(); } });

  // Is there anybody at the other side? Without an answer the outcome in view is not that of what is typed.
  const RITME_MS = 2000, GEDULD_MS = 8000;
  const GEEN_VERBINDING = "Geen verbinding met mkba: wat u nu invult, wordt niet doorgerekend en niet bewaard. De uitkomst "
    + "hieronder is die van daarvoor. Noteer wat u heeft ingevuld en start mkba scherm opnieuw.";
  const GEEN_ANTWOORD = "mkba antwoordt niet: wat u nu invult, is nog niet doorgerekend. De uitkomst hieronder is die van "
    + "daarvoor. Blijft dit zo, noteer dan wat u heeft ingevuld en start mkba scherm opnieuw.";
  let kanaal = null, gestuurd = 0, leeft = true;
  const balk = document.createElement("div");
  balk.className = "mkba-losbalk";
  balk.setAttribute("role", "alert");
  balk.hidden = true;
  document.body.prepend(balk);
  const toon = () => {
    const open = kanaal !== null && kanaal.readyState === WebSocket.OPEN;
    const stil = gestuurd && Date.now() - gestuurd > GEDULD_MS;
    const tekst = kanaal === null ? "" : !leeft || !open ? GEEN_VERBINDING : stil ? GEEN_ANTWOORD : "";
    if (balk.textContent !== tekst) { balk.textContent = tekst; }
    balk.hidden = !tekst;
    document.body.classList.toggle("mkba-los", Boolean(tekst));
  };
  const Echt = window.WebSocket;
  window.WebSocket = class extends Echt {
    constructor(...opties) {
      super(...opties);
      if (!String(opties[0]).includes("/channels")) { return; }
      this.addEventListener("open", () => { kanaal = this; gestuurd = 0; toon(); });
      this.addEventListener("message", () => { gestuurd = 0; });
      this.addEventListener("close", () => { if (kanaal === this) { toon(); } });
    }
    send(bericht) { // every message to a kernel gets an answer, if only that it has been read
      if (kanaal === this) { gestuurd ||= Date.now(); }
      super.send(bericht);
    }
  };
  const vraag = async () => {
    const kernel = document.body.dataset.kernelId;
    if (kernel && kanaal !== null) {
      try {
        leeft = (await fetch(`/leeft/${kernel}`, {cache: "no-store", signal: AbortSignal.timeout(GEDULD_MS)})).ok;
      } catch {
        leeft = false;
      }
    }
    toon();
    setTimeout(vraag, RITME_MS);
  };
  vraag();

  // A report opens from the copy that the page has: the server shows no files.
  document.addEventListener("click", (klik) => {
    const link = klik.target.closest("a.mkba-openlink");
    if (!link || link.href.startsWith("blob:")) { return; }
    const kopie = link.parentElement.querySelector("a[download]").href;
    const tekens = atob(kopie.slice(kopie.indexOf(",") + 1));
    const bytes = Uint8Array.from(tekens, (teken) => teken.charCodeAt(0));
    link.href = URL.createObjectURL(new Blob([bytes], {type: "text/html; charset=utf-8"}));
  }, true);
})();
