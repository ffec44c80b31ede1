// Submit the composer's form on Enter until its module has loaded. A classic script: it runs before there is a field.
document.addEventListener("keydown", (event) => {
  const { form } = event.target
  const isEnter = event.key === "Enter" && !event.isComposing && event.keyCode !== 229
  if (!isEnter || event.target.id !== "message" || form.hasAttribute("data-live")) return
  const { enterKey } = document.documentElement.dataset
  const sends = enterKey ? enterKey === "send" : !matchMedia("(hover: none) and (pointer: coarse)").matches
  if (!event.ctrlKey && !event.metaKey && (!sends || event.shiftKey || event.altKey)) return
  event.preventDefault()
  if (event.target.value.trim()) form.requestSubmit()
})
