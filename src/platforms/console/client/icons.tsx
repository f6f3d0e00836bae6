/** Small drawings in the colour of the text; words beside them say what they mean. */
const drawing = (path: string) =>
  function Drawing() {
    return (
      <svg class="icon" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" focusable="false">
        <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
      </svg>
    );
  };

export const Lock = drawing('M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9');
export const Hash = drawing('M8 3 6 17M14 3l-2 14M3.5 7.5h14M2.5 12.5h14');
export const Plus = drawing('M10 4v12M4 10h12');
export const Pencil = drawing('M4 16l.8-3.4L13.4 4l2.6 2.6-8.6 8.6zM11.6 5.8l2.6 2.6');
export const Menu = drawing('M3 5.5h14M3 10h14M3 14.5h14');
export const Close = drawing('M5 5l10 10M15 5 5 15');
export const Send = drawing('M4 10h11M10.5 5.5 15 10l-4.5 4.5');
export const Share = drawing('M4 11v5h12v-5M10 13V3.5M6.5 7 10 3.5 13.5 7');
export const Undo = drawing('M4 8h8a4 4 0 0 1 0 8H8M4 8l3.5-3.5M4 8l3.5 3.5');
export const Outward = drawing('M8 5H4.5v10.5H15V12M11 4h5v5M16 4l-7 7');
export const Copy = drawing('M7 7h9v9H7zM13 7V4H4v9h3');
export const Done = drawing('M4 10.5 8 14.5 16 5.5');
export const Eye = drawing('M2.5 10S5.5 5 10 5s7.5 5 7.5 5-3 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z');
