// Tells people who listen to the page what has happened. The place is there before it speaks.
const place = document.createElement("div");
place.className = "spoken";
place.role = "status";
document.body.append(place);

export function say(text) {
  place.textContent = text;
  setTimeout(() => place.textContent === text && (place.textContent = ""), 3000);
}
