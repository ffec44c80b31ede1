// Remind the user of a message at a time that they choose.
import { requestJson } from "lib/api"
import { gettext, interpolate } from "lib/i18n"
import { formatMoment, timeZoneName } from "lib/local-time"
import { listReminderTimes } from "later/time-choices"
import { openTimeMenu } from "later/time-menu"

export function openReminderMenu(button, id, excerpt) {
  const offer = {
    label: gettext("Remind me"),
    choices: listReminderTimes(),
    excerpt,
    failure: gettext("No reminder was made."),
    send: (remindAt) => remind(id, remindAt),
  }
  openTimeMenu(button, offer, button.closest(".message"))
}

async function remind(id, remindAt) {
  const body = { remind_at: remindAt, time_zone: timeZoneName }
  const { remind_at: moment } = await requestJson("PUT", `/messages/${id}/reminder`, body)
  return { text: interpolate(gettext("You’ll be reminded on %(moment)s."), { moment: formatMoment(new Date(moment)) }) }
}
