import { EventEmitter } from 'node:events';
import { expect, it, jest } from '@jest/globals';
import { guardProcess } from '../../server/guard-process.ts';
import { silentLogger } from '../../server/logging.ts';

it('a rejection is survived; the first exception ends the process in good order, a second changes nothing', () => {
  const fake = new EventEmitter();
  const logger = silentLogger();
  const errors = jest.spyOn(logger, 'error');
  const onBroken = jest.fn();
  guardProcess(fake, { logger, onBroken });
  fake.emit('unhandledRejection', new Error('a'));
  expect(onBroken).not.toHaveBeenCalled();
  fake.emit('uncaughtException', new Error('b'));
  fake.emit('uncaughtException', new Error('c'));
  expect(onBroken).toHaveBeenCalledTimes(1);
  expect(errors).toHaveBeenCalledTimes(3);
});
