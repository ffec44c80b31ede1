// Delete tasks at once, with a way back.
import { requestJson } from "lib/api"
import { gettext, interpolate, ngettext } from "lib/i18n"
import { showErrorToast, showToast } from "lib/toast"
import { holdChanges } from "board/busy"
import { projectId, readTitle, updateCounts } from "board/cards"
import { focusedCard, focusNeighbour } from "board/focus"
import { fetchChangesSoon } from "board/live"
import { show } from "board/selection"

export async function deleteCards(cards) {
  const ids = cards.map(({ dataset }) => dataset.task)
  const words = describeDeletion(cards)
  const release = holdChanges()
  for (const card of cards) {
    if (card === focusedCard()) focusNeighbour(card)
    card.remove()
  }
  updateCounts()
  show()
  try {
    await requestJson("POST", `/projects/${projectId}/tasks/delete`, { task_ids: ids })
    showToast(words, { label: gettext("Undo"), run: () => restore(ids) })
  } catch (error) {
    showErrorToast(gettext("Not deleted."), error)
    fetchChangesSoon(ids)
  } finally {
    release()
  }
}

function describeDeletion(cards) {
  const { length: count } = cards
  if (count === 1) return interpolate(gettext("“%(title)s” is deleted."), { title: readTitle(cards[0]) })
  return interpolate(ngettext("%(count)s task is deleted.", "%(count)s tasks are deleted.", count), { count })
}

async function restore(ids) {
  try {
    for (const id of ids) await requestJson("POST", `/tasks/${id}/restore`)
  } catch (error) {
    showErrorToast(gettext("Not restored."), error)
  }
  fetchChangesSoon(ids)
}
