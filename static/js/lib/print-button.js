// Show <button data-prints hidden>, which prints the page.
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false
  button.addEventListener("click", () => print())
}
