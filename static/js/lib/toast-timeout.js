// Remove the toasts that the page came with after eight seconds, or once the pointer leaves them.
for (const toast of document.querySelectorAll("[data-toast]")) {
  setTimeout(() => {
    if (toast.matches(":hover")) toast.addEventListener("pointerleave", () => toast.remove())
    else toast.remove()
  }, 8000)
}
