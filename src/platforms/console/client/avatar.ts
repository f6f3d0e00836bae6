/** The mark of the bot for the previews, so that no picture is asked of a platform. */
export const avatar = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="#1f4e5f"/><path d="M9 9.5h9.2a4 4 0 0 1 1.9 7.5 4.3 4.3 0 0 1-1.6 8.3H9z" fill="none" stroke="#fff" stroke-width="2.6" stroke-linejoin="round"/><path d="M9 17h9" stroke="#fff" stroke-width="2.6"/></svg>',
)}`;
