/** Field names whose values are never logged. */
const SECRET_FIELD = /token|secret|password|authorization|signature|api[-_]?key|cookie/i;

/** Field names that hold what people said. */
const SPEECH_FIELD = /^(text|words?|transcript|utterance|prompt|history|arguments|result)$/i;

/** Field names that hold a telephone number in any form. */
const NUMBER_FIELD = /^(from|to|caller|called|number|destination|forwardedfrom)$/i;

const E164 = /\+\d{7,15}\b/g;

/** A secret as it may be shown: its length and, where that gives nothing away, its last two characters. */
export const maskSecret = (value: string): string =>
  value.length < 12 ? `(${value.length} characters)` : `(${value.length} characters, …${value.slice(-2)})`;

/** A telephone number as it may be shown: its last four digits, or two of a short one. */
export const maskNumber = (number: string): string => `…${number.slice(number.length > 7 ? -4 : -2)}`;

/**
 * Makes the function that takes out of a log record what must not be in a log: known secrets wherever they are, fields with
 * telling names, callers' words, telephone numbers. Never throws; values deeper than six levels are left out.
 *
 * @param secrets values to hide, for example API keys
 */
export function createRedactor(secrets: readonly string[]): (value: unknown) => unknown {
  const hidden = secrets.filter((secret) => secret.length > 0);
  const text = (value: string): string =>
    hidden.reduce((shown, secret) => shown.replaceAll(secret, '[secret]'), value).replace(E164, maskNumber);
  const field = (name: string, value: unknown, depth: number): unknown => {
    if (value === undefined || value === null || typeof value === 'boolean') return value;
    if (SECRET_FIELD.test(name)) return '[secret]';
    if (SPEECH_FIELD.test(name)) return typeof value === 'string' ? `[${value.length} characters]` : '[speech]';
    if (NUMBER_FIELD.test(name) && typeof value === 'string') return maskNumber(value);
    return any(value, depth);
  };
  const any = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > 6) return '[deep]';
    if (value instanceof Error) {
      const { name, message, stack, cause } = value;
      const code = 'code' in value ? { code: any(value.code, depth + 1) } : {};
      return {
        name,
        message: text(message),
        ...code,
        stack: text(stack ?? ''),
        ...(cause ? { cause: any(cause, depth + 1) } : {}),
      };
    }
    if (Array.isArray(value)) return value.map((item) => any(item, depth + 1));
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, field(name, inner, depth + 1)]));
  };
  return (value) => any(value, 0);
}
