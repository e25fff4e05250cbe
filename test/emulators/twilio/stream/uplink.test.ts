import { describe, expect, it } from '@jest/globals';
import { Uplink } from '../../../../emulators/twilio/stream/uplink.ts';

const identity = { accountSid: 'AC1', callSid: 'CA1', streamSid: 'MZ1' };

describe('uplink', () => {
  it('types every field as Twilio does, with one sequence number over all messages', () => {
    const sent: unknown[] = [];
    const uplink = new Uplink(identity, (message) => sent.push(JSON.parse(message)));
    uplink.connected();
    uplink.start({ token: 't' });
    uplink.media(Uint8Array.of(0xff, 0xfe), 20);
    uplink.dtmf('5');
    uplink.media(Uint8Array.of(0x00), 40);
    uplink.mark('m');
    uplink.stop();
    expect(sent).toEqual([
      { event: 'connected', protocol: 'Call', version: '1.0.0' },
      {
        event: 'start',
        sequenceNumber: '1',
        start: {
          accountSid: 'AC1',
          streamSid: 'MZ1',
          callSid: 'CA1',
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: { token: 't' },
        },
        streamSid: 'MZ1',
      },
      media('2', '1', '20', '//4='),
      { event: 'dtmf', sequenceNumber: '3', dtmf: { track: 'inbound_track', digit: '5' }, streamSid: 'MZ1' },
      media('4', '2', '40', 'AA=='),
      { event: 'mark', sequenceNumber: '5', mark: { name: 'm' }, streamSid: 'MZ1' },
      { event: 'stop', sequenceNumber: '6', stop: { accountSid: 'AC1', callSid: 'CA1' }, streamSid: 'MZ1' },
    ]);
  });

  it('says nothing after stop', () => {
    const sent: string[] = [];
    const uplink = new Uplink(identity, (message) => sent.push(message));
    uplink.stop();
    uplink.mark('late');
    uplink.media(Uint8Array.of(0xff), 20);
    expect(sent).toHaveLength(1);
  });
});

function media(sequenceNumber: string, chunk: string, timestamp: string, payload: string) {
  return { event: 'media', sequenceNumber, media: { track: 'inbound', chunk, timestamp, payload }, streamSid: 'MZ1' };
}
