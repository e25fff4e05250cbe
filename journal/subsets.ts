/** All choices of 1 to `most` of these, in their order; the smallest choices first. */
export function subsets<T>(all: readonly T[], most: number): readonly (readonly T[])[] {
  let level: readonly { readonly chosen: readonly T[]; readonly next: number }[] = [{ chosen: [], next: 0 }];
  const found: (readonly T[])[] = [];
  for (let count = 1; count <= most; count++) {
    level = level.flatMap(({ chosen, next }) =>
      all.slice(next).map((item, index) => ({ chosen: [...chosen, item], next: next + index + 1 })),
    );
    found.push(...level.map(({ chosen }) => chosen));
  }
  return found;
}
