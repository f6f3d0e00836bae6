/** Text without anything that a terminal would obey: control, escape and bidirectional characters become U+FFFD. */
export function literal(text: string): string {
  return text
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\t\v\f]/g, ' ')
    .replace(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu, '\ufffd');
}
