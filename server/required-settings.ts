import { type Environment, type Settings, SettingsError } from './settings.ts';

/** What can be unset in general, and where to get it. */
const REMEDIES = {
  NGROK_AUTHTOKEN: 'copy it from dashboard.ngrok.com',
  PUBLIC_URL: 'the origin under which Twilio reaches the server, or --url',
  TWILIO_ACCOUNT_SID: 'copy it from console.twilio.com',
  TWILIO_AUTH_TOKEN: 'copy it from console.twilio.com',
  TWILIO_PHONE_NUMBER: 'a number of the account, E.164',
} as const satisfies Partial<Record<keyof Environment, string>>;

type Required = keyof typeof REMEDIES;

/**
 * The same settings, with these set for certain.
 *
 * @param by what needs them, for example `--tunnel`
 * @throws SettingsError that names all that are missing
 */
export function withRequired<Name extends Required>(
  settings: Settings,
  by: string,
  names: readonly Name[],
): Settings & { readonly [Variable in Name]: string } {
  const missing = names.filter((name) => settings[name] === undefined);
  if (missing.length > 0) throw new SettingsError(missing.map((name) => `${name}: needed by ${by}; ${REMEDIES[name]}`));
  return settings as Settings & { readonly [Variable in Name]: string };
}
