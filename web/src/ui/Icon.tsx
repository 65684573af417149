// Line drawings on a grid of 24, in the colour of the text around them. They never carry meaning alone: the text beside
// them, shown or read out, does.

const DRAWINGS = {
  conversations: "M4 5h16v11H9l-5 4z",
  contacts: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c.7-3.6 3.8-5 8-5s7.3 1.4 8 5",
  groups: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19c.5-3.2 3-4.5 6.5-4.5s6 1.3 6.500 4.5M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.800c2 .6 3.200 2 3.500 4.200",
  files: "M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  invitations: "M3 6h18v12H3zM3 7l9 7 9-7",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  back: "M15 5l-7 7 7 7",
  send: "M4 12l16-8-5 16-3.500-6.500zM11.500 13.500L20 4",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  invite: "M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM2.500 20c.7-3.600 3.500-5 7.500-5 1.500 0 2.900.2 4 .7M18 13v7M14.500 16.500h7",
  check: "M5 12.500l5 5 9-11",
  circle: "M12 19a7 7 0 1 0 0-14 7 7 0 0 0 0 14z",
  down: "M12 5v14M6 13l6 6 6-6",
  pending: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3 2",
  sent: "M6 12.500l4.500 4.500L19 7",
  delivered: "M2 12.500L6.500 17 15 7M10 16l1 1 10-10.500",
  warning: "M12 4l9.500 16h-19zM12 10v4.500M12 17.300v.2",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.2",
  offline: "M3 3l18 18M8.500 15.500a5 5 0 0 1 6 -.5M5 12a10 10 0 0 1 4.500-2.700M19 12a10 10 0 0 0-4.500-2.700M12 19.200v.2",
  replies: "M4 5h16v10H9l-5 4zM8 9h8M8 12h5",
  inbox: "M4 13l3-8h10l3 8v6H4zM4 13h5l1.500 3h3l1.500-3h5",
  help: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM5.700 5.700l3.800 3.800M14.500 14.500l3.800 3.800M18.300 5.700l-3.800 3.800M9.500 14.500l-3.800 3.800",
  phone: "M5 4h4l1.500 4.500L8 10c1.200 2.700 3.300 4.800 6 6l1.500-2.500L20 15v4c0 .600-.400 1-1 1C11 19.500 4.500 13 4 5c0-.600.400-1 1-1z",
  plan: "M7 4h10v16H7zM10 8h4M10 12h4M10 16h2M4 7h3M4 12h3M4 17h3",
  manage: "M4 20V9l8-5 8 5v11zM9 20v-6h6v6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  edit: "M4 20l1-4.500L16.500 4 20 7.500 8.500 19zM14.500 6l3.500 3.500",
  forward: "M15 7l5 5-5 5M20 12h-9c-4 0-6.500 2-7 6",
  reply: "M9 7l-5 5 5 5M4 12h9c4 0 6.500 2 7 6",
  agree: "M7 11l4-7c1.500 0 2.500 1 2.500 2.500V9.500H18c1.500 0 2.300 1.200 2 2.500l-1.300 6c-.2 1.200-1.100 2-2.300 2H7zM3.500 11H7v9H3.500z",
  thanks: "M12 20C5 15 3 12 3 8.800 3 6 5 4 7.500 4c2 0 3.500 1 4.500 2.800C13 5 14.500 4 16.500 4 19 4 21 6 21 8.800c0 3.200-2 6.200-9 11.200z",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 14c1 1.500 2.300 2.300 4 2.300s3-.8 4-2.300M9 9.500v.2M15 9.500v.2",
  strength: "M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5",
  seen: "M2 12c2.500-4.500 6-6.500 10-6.500s7.500 2 10 6.500c-2.500 4.500-6 6.500-10 6.500S4.500 16.500 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  withdrawn: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM5.700 5.700l12.600 12.600",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
} as const;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
