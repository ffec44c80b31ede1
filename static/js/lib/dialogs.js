// <button data-opens="id"> shows that <dialog>; [data-closes] inside hides it. The browser traps focus and gives it back.
document.addEventListener("click", ({ target }) => {
  const opener = target.closest("[data-opens]")
  if (opener) document.getElementById(opener.dataset.opens)?.showModal()
  else if (target.closest("[data-closes]")) target.closest("dialog")?.close()
  else if (target.matches("dialog:modal")) target.close()
})
