// Times as people in Trà Vinh read them, whatever the clock of the device says.
import { currentLanguage, t } from "./i18n.js";

const ZONE = "Asia/Ho_Chi_Minh";
const format = (options) => new Intl.DateTimeFormat(currentLanguage(), { timeZone: ZONE, ...options });

export const clock = (date) => format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(date));

/** The calendar day in Trà Vinh as YYYY-MM-DD. */
export const dayKey = (date) => new Intl.DateTimeFormat("sv", { timeZone: ZONE }).format(new Date(date));

export function dayName(date) {
  const key = dayKey(date);
  const now = Date.now();
  if (key === dayKey(now)) return t("today");
  if (key === dayKey(now - 86_400_000)) return t("yesterday");
  const sameYear = key.slice(0, 4) === dayKey(now).slice(0, 4);
  return format({ weekday: "long", day: "numeric", month: "long", year: sameYear ? undefined : "numeric" }).format(new Date(date));
}

export const bytes = (size) => {
  const units = ["B", "kB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), 3);
  return `${new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(size / 1000 ** step)} ${units[step]}`;
};

export const metres = (distance) =>
  distance >= 1000
    ? `${new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: 1 }).format(distance / 1000)} km`
    : `${Math.round(distance)} m`;
