import { expect, it } from '@jest/globals';
import { remembered } from './remembered.ts';

it('is asked once about each object, whatever the answer', () => {
  const asked: object[] = [];
  const answer = remembered((about: object) => {
    asked.push(about);
    return undefined;
  });
  const [one, other] = [{}, {}];
  expect([answer(one), answer(one), answer(other)]).toEqual([undefined, undefined, undefined]);
  expect(asked).toEqual([one, other]);
});
