// Sort the table of reports by a column; without this script the table is there, by name.
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
});
