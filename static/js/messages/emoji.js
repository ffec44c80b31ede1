// List the emoji that the picker offers, with the words to find them by. The server accepts any other emoji too.
const TABLE = `
👍 thumbs up yes agree|👎 thumbs down no|❤️ red heart love|😂 tears of joy laugh|🎉 party popper celebrate tada|👀 eyes looking|✅ check done yes|🙏 folded hands thanks please
😀 grinning smile happy|😄 smiling happy|😅 sweat relief phew|😉 wink|😊 blush smile|😍 heart eyes love|🤩 star struck wow|😎 sunglasses cool
🤔 thinking hmm|🤨 raised eyebrow doubt|😐 neutral meh|🙄 rolling eyes|😬 grimace awkward|😌 relieved calm|😴 sleeping tired zzz|🤯 exploding head mind blown
😮 surprised wow oh|😢 crying sad|😭 sobbing sad|😤 steam huff|😡 angry|😱 scream fear|🥳 partying celebrate|🤗 hug
👏 clap applause bravo|🙌 raised hands hooray|👋 wave hello bye|👌 ok fine|🤞 fingers crossed luck|💪 muscle strong|🤝 handshake deal|🫡 salute yes
🤷 shrug no idea|🤦 facepalm|🙋 raising hand me|💯 hundred points exactly|🔥 fire hot|✨ sparkles|⭐ star|🚀 rocket launch ship
💡 bulb idea|🐛 bug|🔧 wrench fix|🧪 test tube experiment|📌 pin|📝 memo note|📅 calendar date|⏰ alarm clock time
❌ cross no wrong|❓ question|❗ exclamation important|⚠️ warning careful|🚧 construction wip|🔒 locked|➕ plus one add|👉 pointing right
☕ coffee tea break|🍰 cake birthday|🍕 pizza lunch|🍻 cheers beer|🎂 birthday cake|🎁 gift present|🏆 trophy win|🎯 bullseye target
🌊 wave sea water|⛵ sailing boat|⚓ anchor harbour|☀️ sun weather|🌧️ rain weather|❄️ snow winter|🌱 seedling grow|🌍 earth world`

export const EMOJI = TABLE.trim().split(/[\n|]/).map((entry) => {
  const [emoji, ...words] = entry.split(" ")
  return { emoji, words: words.join(" ") }
})
