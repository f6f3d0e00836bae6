/**
 * Text as it may be shown: characters that turn the direction of what follows become U+FFFD, as in a terminal. They could show words in
 * an order that nobody wrote, and a browser takes minutes to lay out a long word behind one.
 */
export const shown = (text: string): string => text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
