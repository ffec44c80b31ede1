"""Messages in ten languages, and what is searched for in them."""

TEXTS = (
    # English
    "The tide window closes at nine, so the boats wait outside.",
    "Please review report_final.pdf before Friday (see ATR-142).",
    "The **berth** API is at https://halyard.example/api/v2?size=50%25 and db is fine.",
    "We're at 100% of the quota; a/b tests run on db-2.",
    "Quick note: ok, ok, the harbour-master’s office is open.",
    "`SELECT * FROM boats WHERE name LIKE '%_a%'` never used the index",
    "Bring tea, coffee & biscuits – no NEAR misses, AND no ^caret.",
    # German
    "Die Hauptstraße am Hafen ist gesperrt, bitte über die Brücke fahren.",
    "Schöne Grüße aus Köln! Das Schiff heißt „Möwe“.",
    "Die Donaudampfschifffahrtsgesellschaft fährt ab 9 Uhr.",
    # French
    "L’équipage arrive à Brest, cœur de l'été, déjà prévenu.",
    "Où est la clé du cadenas ? Très près de l'entrée.",
    # Portuguese
    "Não há vagas na marina; amanhã de manhã a Conceição liga.",
    "A maré está baixa às três.",
    # Polish
    "Łódź stoi przy nabrzeżu, żagle są zwinięte.",
    "Proszę zadzwonić do Małgorzaty jutro.",
    # Russian
    "Прилив начинается в шесть, швартовка у пятого причала.",
    "Ёлка на пирсе, ещё один мой йод и край.",
    # Greek
    "Ο Οδυσσέας δένει το πλοίο στο λιμάνι.",
    "Καλημέρα, η θάλασσα είναι ήρεμη σήμερα.",
    # Arabic
    "السفينة تصل إلى المِينَاء غداً صباحاً",
    "مرحبا بكم في الميناء",
    # Hindi
    "नाव किनारे पर है, किताब जहाज़ में है।",
    "नमस्ते, ज्वार कब आएगा?",
    # Chinese
    "部署方案已经更新，请查看。",
    "明天去上海的船几点开？",
    "海边的天气很好，db 备份完成。",
    # Japanese
    "明日の午後、港でボートを見せます。",
    "ｶﾞｲﾄﾞのカフェで会いましょう。ＡＰＩも見てください。",
    # Korean
    "내일 아침에 부두에서 만나요.",
    "배포 계획을 확인해 주세요.",
    # Thai
    "เรือจะออกจากท่าเรือพรุ่งนี้เช้า",
    "ไม่เป็นไรครับ",
    # Signs
    "🚢 ⚓ 🌊",
    "C++ and C# vs. F#, -> <b>bold</b> \\d+ \\\\server\\share",
    "étude with a combining accent, ﬁne ligatures ﬀ",
)

TERMS = (
    "tide", "TIDE", "ide", "e", "db", "d", "ok", "xq", "final", "report_final", "pdf", ".pdf", "ATR-142", "142",
    "halyard.example", "api", "v2", "50%", "100%", "%", "_", "a/b", "we're", "we’re", "master's", "'%_a%'", "near",
    "^caret", "hauptstrasse", "Hauptstraße", "straß", "brucke", "möwe", "schifffahrt", "schiff", "fahrt", "coeur",
    "cœur", "été", "ete", "l'e", "ou", "nao", "amanhã", "conceicao", "mare", "lodz", "Łódź", "zagle", "ł", "прилив",
    "ПРИ", "ё", "йод", "и", "Οδυσσέας", "οδυσσεασ", "θαλασσα", "ήρ", "الميناء", "ميناء", "غدا", "किताब", "कतब", "नम",
    "ज्वार", "部署", "署方", "部", "方案", "海", "上海", "海边", "船几", "港", "ボート", "ホート", "ガイド", "カフェ",
    "ＡＰＩ", "부두", "부", "만나요", "เรือ", "ท่า", "ไร", "🚢", "c++", "c#", "->", "<b>", "\\d", "\\\\server", "étude",
    "etude", "fine", "ligatures ff", "missing", "海上",
)  # fmt: skip

QUERIES = (
    "tide boats", "tide -boats", '"tide window"', '"window tide"', "quick ok", "ok -quick", "db 备份", "上海 船", "-e",
    '"ok ok"', '"部署方案"', "部署 更新", "tide OR boats", '"', "- -", "(db)", "* tide *",
    "a b c d e f g h i j k l m n",
)  # fmt: skip
