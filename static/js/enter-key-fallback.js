// Submit the composer's form on Enter until its module has loaded. A classic script: it runs before there is a field.
document.addEventListener("keydown", (event) => {
  const { form } = event.target
  const isModified = event.shiftKey || event.altKey
  const isEnter = event.key === "Enter" && !isModified && !event.isComposing && event.keyCode !== 229
  if (!isEnter || event.target.id !== "message" || form.hasAttribute("data-live")) return
  event.preventDefault()
  if (event.target.value.trim()) form.requestSubmit()
})
