import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Facts, factsSchema, type Profile, profileSchema } from './profile.ts';
import { brokenReferences } from './references.ts';

const here = new URL('./', import.meta.url);

/** Why an agent profile cannot be used. The message names every wrong field, or the profiles that exist. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
}

/** The names that {@link loadProfile} accepts, sorted. */
export function availableProfiles(): string[] {
  return readdirSync(here, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/profile.json`, here)))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Reads and checks `agents/<name>/profile.json` with its facts.
 *
 * @throws ProfileError when there is no such profile, or naming every field that is wrong
 */
export function loadProfile(name: string): Profile {
  const available = availableProfiles();
  if (!available.includes(name)) {
    throw new ProfileError(`no agent profile "${name}"; available: ${available.join(', ')}`);
  }
  return parseProfile(name, readJson(`${name}/profile.json`), (file) => readJson(`${name}/${file}`));
}

/**
 * Checks a profile that was read from anywhere.
 *
 * @param readFacts gives the content of the facts file that the profile names
 * @throws ProfileError naming every field that is wrong
 */
export function parseProfile(name: string, json: unknown, readFacts: (file: string) => unknown): Profile {
  const profile = checked(`agent profile "${name}"`, profileSchema, json);
  const facts: Facts = checked(`facts of "${name}"`, factsSchema, readFacts(profile.knowledge));
  const broken = brokenReferences(profile, facts);
  if (broken.length > 0) throw new ProfileError(describe(`agent profile "${name}"`, broken));
  return { ...profile, facts };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(path, here), 'utf8'));
  } catch (error) {
    throw new ProfileError(`agents/${path} cannot be read as JSON`, { cause: error });
  }
}

function checked<Schema extends z.ZodType>(what: string, schema: Schema, json: unknown): z.output<Schema> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  throw new ProfileError(describe(what, result.error.issues), { cause: result.error });
}

function describe(what: string, problems: readonly { path: readonly PropertyKey[]; message: string }[]): string {
  return [`${what} is wrong:`, ...problems.map(({ path, message }) => `  ${z.core.toDotPath(path)}: ${message}`)].join(
    '\n',
  );
}
