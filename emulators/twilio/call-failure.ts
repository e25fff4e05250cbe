/**
 * Why Twilio gives up on a document or a stream, with the code that its debugger would show.
 *
 * Codes in use: 11200 HTTP retrieval failure, 11205 HTTP connection failure, 12100 document parse failure, 12102 root
 * element, 12200 schema, 12300 content type, 15004 relative URL in TwiML given over REST, 319xx media streams.
 * @see https://www.twilio.com/docs/api/errors
 */
export class CallFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}
