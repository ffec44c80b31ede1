// Keep the storage of users apart who share a browser.
import { PrefixedStorage } from "lib/storage"
import { currentUser } from "users/current-user"

export const userStorage = new PrefixedStorage(`atrium.${currentUser.id}.`)
