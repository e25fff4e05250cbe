/** A date as Twilio's REST API and status callbacks write it, for example `Thu, 01 Jan 2026 00:00:00 +0000`. */
export function rfc2822(date: Date): string {
  return date.toUTCString().replace('GMT', '+0000');
}
