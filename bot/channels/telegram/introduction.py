"""What Telegram shows about the bot: commands and descriptions, in Vietnamese and English."""

from __future__ import annotations

from telegram import Bot, BotCommand, BotCommandScopeAllPrivateChats

COMMANDS = {
    "vi": (
        ("baocao", "📸 Báo điểm rác"),
        ("phanloai", "♻️ Rác này bỏ đâu?"),
        ("meo", "🌱 Mẹo sống xanh"),
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
        ("status", "📋 My reports"),
        ("reminders", "🔔 Reminders"),
        ("language", "Change language"),
        ("privacy", "My data"),
        ("help", "Help"),
        ("cancel", "Leave what is open"),
    ),
}
DESCRIPTION = {
    "vi": "Trà Vinh Xanh chỉ bà con phân loại rác, mẹo sống xanh, và nhận phản ánh điểm rác: "
    "gửi hình và vị trí, theo dõi tới khi sạch.",
    "en": "Trà Vinh Xanh helps you sort waste, shares green living tips and takes reports of dumped "
    "rubbish: send a photo and a place, and follow it until it is clean.",
}
SHORT = {
    "vi": "Phân loại rác, mẹo sống xanh, báo điểm rác ở Trà Vinh.",
    "en": "Waste sorting, green tips and dump reports for Trà Vinh.",
}


async def describe(bot: Bot) -> None:
    """Vietnamese for everybody, English for English phones."""
    for language, commands in COMMANDS.items():
        code = None if language == "vi" else language
        await bot.set_my_commands(
            [BotCommand(name, text) for name, text in commands],
            scope=BotCommandScopeAllPrivateChats(),
            language_code=code,
        )
        await bot.set_my_description(DESCRIPTION[language], language_code=code)
        await bot.set_my_short_description(SHORT[language], language_code=code)
