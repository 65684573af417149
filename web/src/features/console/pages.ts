// The pages of administration by their address; the only way in to them.
import "./console.css";
import { CallsPage } from "./CallsPage";
import { Figures } from "./Figures";
import { FilesPage } from "./FilesPage";
import { LookPage } from "./LookPage";
import { OpeningTimes } from "./OpeningTimes";
import { OpenInvitations } from "./OpenInvitations";
import { People } from "./People";
import { SecurityPage } from "./SecurityPage";
import { Teams } from "./Teams";

export const PAGES_BY_PATH = {
  "/beheer/mensen": People,
  "/beheer/teams": Teams,
  "/beheer/uitnodigingen": OpenInvitations,
  "/beheer/openingstijden": OpeningTimes,
  "/beheer/uiterlijk": LookPage,
  "/beheer/bestanden": FilesPage,
  "/beheer/beveiliging": SecurityPage,
  "/beheer/videogesprekken": CallsPage,
  "/beheer/cijfers": Figures,
};
