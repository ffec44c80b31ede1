// Save the filters of a page by name, and delete what is saved.
import { fetchFragment, readText, requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"

export function startSavedViews() {
  const form = document.querySelector("[data-save-view]")
  if (!form) return
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    save(form)
  })
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-deletes-view]")
    if (button) remove(button.closest("[data-view]"))
  })
}

const findMenu = () => document.querySelector("[data-saved-views]")

async function save(form) {
  const { project, layout } = findMenu().dataset
  const { name, is_shared: shared } = form.elements
  const error = form.querySelector("[data-error]")
  error.hidden = true
  const body = { name: name.value, layout, query: location.search.slice(1), is_shared: Boolean(shared?.checked) }
  try {
    await requestJson("POST", `/projects/${project}/views`, body)
  } catch (refusal) {
    error.textContent = refusal.message
    error.hidden = false
    return
  }
  form.closest("dialog").close()
  form.reset()
  showToast(gettext("The view is saved."))
  await refreshMenu()
}

async function remove({ dataset: { view, name } }) {
  const { project } = findMenu().dataset
  const path = `/projects/${project}/views`
  try {
    const former = await requestJson("GET", `${path}/${view}`)
    await requestJson("DELETE", `${path}/${view}`)
    const undo = async () => {
      const { layout, query, is_shared } = former
      await requestJson("POST", path, { name, layout, query, is_shared })
      await refreshMenu()
    }
    const run = () => undo().catch((error) => showErrorToast(gettext("That could not be undone."), error))
    showToast(interpolate(gettext("“%(name)s” is deleted."), { name }), { label: gettext("Undo"), run })
    await refreshMenu()
  } catch (error) {
    showErrorToast(gettext("Not deleted."), error)
  }
}

async function refreshMenu() {
  const menu = findMenu()
  const html = await readText(await fetchFragment(menu.dataset.url))
  const fresh = new DOMParser().parseFromString(html, "text/html")
  menu.querySelector(".menu").replaceWith(fresh.querySelector("[data-saved-views] .menu"))
}
