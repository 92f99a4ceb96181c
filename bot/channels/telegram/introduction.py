"""What Telegram shows about the bot: commands and descriptions, in every language."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

COMMANDS = {
    "vi": (
        ("baocao", "📸 Báo điểm rác"),
        ("phanloai", "♻️ Rác này bỏ đâu?"),
        ("meo", "🌱 Mẹo sống xanh"),
        ("dovui", "🧩 Đố vui"),
        ("theodoi", "📋 Phản ánh của tôi"),
        ("nhac", "🔔 Nhắc nhở"),
        ("ngonngu", "Đổi ngôn ngữ"),
        ("dulieu", "Dữ liệu của tôi"),
        ("trogiup", "Trợ giúp"),
        ("huy", "Bỏ việc đang làm"),
    ),
    "en": (
        ("report", "📸 Report a dump site"),
        ("sort", "♻️ Where does this rubbish go?"),
        ("tips", "🌱 Green living tips"),
        ("quiz", "🧩 Quiz"),
        ("status", "📋 My reports"),
        ("reminders", "🔔 Reminders"),
        ("language", "Change language"),
        ("privacy", "My data"),
        ("help", "Help"),
        ("cancel", "Leave what is open"),
    ),
    "km": (
        ("baocao", "📸 រាយការណ៍សំរាម"),
        ("phanloai", "♻️ សំរាមនេះចោលទីណា?"),
        ("meo", "🌱 គន្លឹះរស់បៃតង"),
        ("dovui", "🧩 ល្បែងសំណួរ"),
        ("theodoi", "📋 របាយការណ៍ខ្ញុំ"),
        ("nhac", "🔔 ការរំលឹក"),
        ("ngonngu", "ប្ដូរភាសា"),
        ("dulieu", "ទិន្នន័យរបស់ខ្ញុំ"),
        ("trogiup", "ជំនួយ"),
        ("huy", "បោះបង់អ្វីដែលកំពុងធ្វើ"),
    ),
}
DESCRIPTION = {
    "vi": "Trà Vinh Xanh chỉ bà con phân loại rác, mẹo sống xanh, và nhận phản ánh điểm rác: "
    "gửi hình và vị trí, theo dõi tới khi sạch.",
    "en": "Trà Vinh Xanh helps you sort waste, shares green living tips and takes reports of dumped "
    "rubbish: send a photo and a place, and follow it until it is clean.",
    "km": "Trà Vinh Xanh ប្រាប់ពីរបៀបចោលសំរាម គន្លឹះរស់បៃតង និងទទួលរបាយការណ៍កន្លែងសំរាម៖ ផ្ញើរូប និងទីតាំង "
    "រួចតាមដានរហូតដល់ស្អាត។ (បកប្រែដោយម៉ាស៊ីន · bản dịch máy)",
}
SHORT = {
    "vi": "Phân loại rác, mẹo sống xanh, báo điểm rác ở Trà Vinh.",
    "en": "Waste sorting, green tips and dump reports for Trà Vinh.",
    "km": "ចោលសំរាម គន្លឹះរស់បៃតង រាយការណ៍សំរាមនៅ Trà Vinh។ (bản dịch máy)",
}


async def describe(bot: Bot) -> None:
    """Vietnamese for everybody, another language for phones set to it."""
    for language, commands in COMMANDS.items():
        code = None if language == "vi" else language
        await bot.set_my_commands(
            [BotCommand(name, text) for name, text in commands],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=code,
        )
        await bot.set_my_description(DESCRIPTION[language], language_code=code)
        await bot.set_my_short_description(SHORT[language], language_code=code)
