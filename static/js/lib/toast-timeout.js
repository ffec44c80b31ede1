// What the server had to say has been read after eight seconds; while the pointer rests on it, it stays.
for (const toast of document.querySelectorAll("[data-toast]")) {
  setTimeout(() => {
    if (toast.matches(":hover")) toast.addEventListener("pointerleave", () => toast.remove())
    else toast.remove()
  }, 8000)
}
