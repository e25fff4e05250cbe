/** The same function, which answers for an object it was asked about before without thinking again. */
export function remembered<K extends object, V>(answer: (about: K) => V): (about: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (about) => {
    const before = known.get(about);
    if (before) return before.value;
    const value = answer(about);
    known.set(about, { value });
    return value;
  };
}
