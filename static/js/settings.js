// Entry point of the settings: users who visit them are online too.
import { connection } from "lib/connection"
import { startLiveTimes } from "lib/live-times"
import { startNotificationSettings } from "settings/other-tabs"
import { startPresence } from "users/presence"
import { startUserUpdates } from "users/user-updates"
import { startWebApp } from "web-app/service-worker"
import "elements/install-hint"
import "elements/push-devices"

startLiveTimes()
startPresence()
startUserUpdates()
startNotificationSettings()
connection.start()
startWebApp()
