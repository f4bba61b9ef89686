
// Sort and search the table of reports; without this script the table is there, whole and by name.
document.querySelectorAll("table.sorteerbaar").forEach(function (tabel) {
  var koppen = tabel.tHead.rows[0].cells;
  Array.prototype.forEach.call(koppen, function (kop, kolom) {
    var knop = document.createElement("button");
    knop.type = "button";
    while (kop.firstChild) knop.appendChild(kop.firstChild);
    kop.appendChild(knop);
    knop.addEventListener("click", function () {
      var omlaag = kop.getAttribute("aria-sort") === "ascending";
      var rijen = Array.prototype.slice.call(tabel.tBodies[0].rows);
      rijen.sort(function (a, b) {
        var x = a.cells[kolom], y = b.cells[kolom], uit;
        if (x.hasAttribute("data-waarde")) {
          x = parseFloat(x.getAttribute("data-waarde"));
          y = parseFloat(y.getAttribute("data-waarde"));
          if (isNaN(x) || isNaN(y)) return isNaN(x) - isNaN(y); // what is unknown comes last
          uit = x - y;
        } else {
          uit = x.textContent.trim().localeCompare(y.textContent.trim(), "nl", { numeric: true });
        }
        return omlaag ? -uit : uit;
      });
      Array.prototype.forEach.call(koppen, function (ander) { ander.removeAttribute("aria-sort"); });
      kop.setAttribute("aria-sort", omlaag ? "descending" : "ascending");
      rijen.forEach(function (rij) { tabel.tBodies[0].appendChild(rij); });
    });
  });

  var rijen = Array.prototype.slice.call(tabel.tBodies[0].rows);
  if (rijen.length < 6) return;
  function kaal(tekst) { return tekst.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, ""); }
  var teksten = rijen.map(function (rij) { return kaal(rij.textContent + " " + (rij.getAttribute("data-zoek") || "")); });
  var balk = document.createElement("p"), label = document.createElement("label"),
    veld = document.createElement("input"), aantal = document.createElement("span");
  balk.className = "zoekbalk";
  label.textContent = "Zoek in de tabel ";
  veld.type = "search";
  aantal.setAttribute("role", "status");
  label.appendChild(veld);
  balk.appendChild(label);
  balk.appendChild(aantal);
  var vak = tabel.parentNode;
  vak.parentNode.insertBefore(balk, vak);
  veld.addEventListener("input", function () {
    var woorden = kaal(veld.value).split(/\s+/), over = 0;
    rijen.forEach(function (rij, nummer) {
      var past = woorden.every(function (woord) { return teksten[nummer].indexOf(woord) >= 0; });
      rij.hidden = !past;
      over += past;
    });
    // the same in the figures: what is found lights up, with its name when these are few
    var gezocht = veld.value.trim() !== "", gevonden = {};
    rijen.forEach(function (rij) {
      var koppeling = rij.querySelector("th a");
      if (koppeling && !rij.hidden) gevonden[koppeling.getAttribute("href")] = true;
    });
    document.querySelectorAll("svg.puntenplot a").forEach(function (a) {
      var past = gevonden[a.getAttribute("href")] === true;
      a.classList.toggle("gedimd", gezocht && !past);
      a.classList.toggle("gevonden", gezocht && past && over <= 12);
    });
    aantal.textContent = veld.value.trim() ? " " + over + " van " + rijen.length : "";
  });
});
