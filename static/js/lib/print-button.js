// <button data-prints hidden> prints the page. Without script the browser's own menu does.
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false
  button.addEventListener("click", () => print())
}
