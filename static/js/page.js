// Entry point of every page.
import { guardLeaving } from "lib/leaving"
import { startRegionKeys } from "lib/regions"
import { showSavedToast } from "lib/saved-toast"
import { forgetSignedOutUser } from "users/sign-out"
import "elements/avatar-cropper"
import "elements/copy-field"
import "elements/show-password"
import "elements/strength-meter"
import "lib/auto-submit"
import "lib/dialogs"
import "lib/print-button"
import "lib/submit-once"
import "lib/time-zone-cookie"
import "lib/toast-timeout"
import "settings/settings-nav"

guardLeaving()
startRegionKeys()
showSavedToast()
forgetSignedOutUser()
