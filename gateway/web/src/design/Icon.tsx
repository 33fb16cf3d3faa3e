import css from './design.module.css';

// Drawn for this client on a grid of 24, as strokes.
const drawings = {
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  up: 'M5 15l7-7 7 7',
  down: 'M5 9l7 7 7-7',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 13l4 4L19 7',
  camera: 'M3 7h11v10H3zM14 11l7-4v10l-7-4',
  cameraOff: 'M3 3l18 18M7 7h7v7M14 17H3V7M17 9l4-2v10',
  flip: 'M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5',
  mic: 'M9 4h6v9a3 3 0 0 1-6 0zM6 11v1a6 6 0 0 0 12 0v-1M12 18v3',
  micOff: 'M3 3l18 18M9 9v4a3 3 0 0 0 4 3M15 12V4H9v1M6 11v1a6 6 0 0 0 9 5M12 18v3',
  speaker: 'M4 10v4h4l5 4V6L8 10zM17 9a4 4 0 0 1 0 6',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  phone: 'M5 4h4l2 5-2 1a11 11 0 0 0 5 5l1-2 5 2v4a1 1 0 0 1-1 1A16 16 0 0 1 4 5a1 1 0 0 1 1-1z',
  end: 'M3 14c5-5 13-5 18 0l-3 3-4-2v-2h-4v2l-4 2z',
  heart: 'M12 20C5 15 3 11 3 8a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3-2 7-9 12z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21a8 8 0 0 1 16 0',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20a7 7 0 0 1 14 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14a7 7 0 0 1 4 6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 3',
  history: 'M4 12a8 8 0 1 0 3-6L4 8M4 3v5h5M12 8v4l3 2',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6',
  share: 'M12 15V4M8 7l4-4 4 4M5 12v8h14v-8',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  flag: 'M5 21V4h13l-3 4 3 4H5',
  block: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM6 6l12 12',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  door: 'M14 4h5v16h-5M4 12h11M11 8l4 4-4 4',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  play: 'M7 4l13 8-13 8z',
  pause: 'M8 5v14M16 5v14',
  download: 'M12 4v11M8 11l4 4 4-4M5 20h14',
  warn: 'M12 3L2 20h20zM12 10v4M12 17v.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  minimise: 'M5 18h14',
  expand: 'M4 9V4h5M20 15v5h-5M4 4l6 6M20 20l-6-6',
  send: 'M4 12l16-8-6 16-3-7z',
  signal: 'M4 20v-4M10 20v-8M16 20V8M22 20V4',
  picture: 'M3 5h18v14H3zM12 12h7v5h-7z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1 1M18 18l1 1M19 5l-1 1M6 18l-1 1',
} as const;

export type IconName = keyof typeof drawings;

/** A sign for those who see it; what it means must be said beside it or by the button around it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={css['glyph']} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}
