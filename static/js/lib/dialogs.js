// Open the <dialog> that <button data-opens="id"> names; close it by [data-closes] or by a click on its backdrop.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-opens]")
  if (button) document.getElementById(button.dataset.opens)?.showModal()
  else if (target.closest("[data-closes]")) target.closest("dialog")?.close()
  else if (target.matches("dialog:modal")) target.close()
})
