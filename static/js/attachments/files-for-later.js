// Give the files of a composer to a message that is sent later. Loaded with the first one that has some.
import { gettext } from "lib/i18n"
import { forgetFile, saveAltText } from "attachments/chosen-files"
import { readFile, saveFile } from "attachments/stored-files"

// Resolves with { assetIds, handOver, takeBack }, and rejects with an error that the user has to read while the server
// has not all of them. `files`: [{ id }]. `handOver`: the message has them. `takeBack`: they are of the draft again.
export async function prepareFiles(files) {
  const chosen = files.map(({ id }) => readFile(id))
  if (!chosen.every((file) => file?.assetId)) {
    throw new Error(gettext("Its files are still on their way. Try again once they are uploaded."))
  }
  await Promise.all(chosen.map(saveAltText))
  return {
    assetIds: chosen.map(({ assetId }) => assetId),
    handOver: () => chosen.forEach(({ id }) => forgetFile(id)),
    takeBack: () => chosen.forEach(({ altText, ...file }) => saveFile({ ...file, altText, savedAltText: altText })),
  }
}
