type Speak = (text: string) => Promise<Uint8Array>;

/** Makes each text once, however often it is asked for. For voices that say the same text in the same way. */
export function remembered(speak: Speak): Speak {
  const made = new Map<string, Promise<Uint8Array>>();
  return (text) => {
    const sound = made.get(text) ?? speak(text);
    made.set(text, sound);
    return sound;
  };
}
