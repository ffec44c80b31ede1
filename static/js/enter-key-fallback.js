// Enter sends from the first moment on: until the modules have arrived, by the plain form. Runs before there is a field.
document.addEventListener("keydown", (event) => {
  const { form } = event.target
  const plain = event.key === "Enter" && !event.shiftKey && !event.altKey && !event.isComposing && event.keyCode !== 229
  if (!plain || event.target.id !== "message" || form.hasAttribute("data-live")) return
  event.preventDefault()
  if (event.target.value.trim()) form.requestSubmit()
})
