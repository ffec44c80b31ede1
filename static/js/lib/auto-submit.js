// Submit the form of <select data-submits> as soon as another option is chosen.
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-submits]")) target.form.requestSubmit()
})
