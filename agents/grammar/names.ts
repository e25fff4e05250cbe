/**
 * Names that the local recogniser can hear: common in the United States (first names of all ages, most frequent
 * surnames of the census), each with a pronunciation in the recogniser's dictionary.
 */
export const FIRST_NAMES: readonly string[] =
  `adam alice amanda amy andrew angela anna anthony barbara benjamin brian carol charles christopher daniel david deborah
   donald donna edward elizabeth emily emma eric frank george helen henry jack jacob james jane jason jennifer jessica john
   joseph julia karen kevin laura linda lisa margaret maria mark mary matthew michael michelle nancy oliver patricia
   paul peter rachel rebecca richard robert ruth samuel sandra sarah sophie stephen susan thomas victoria william`.split(
    /\s+/,
  );

export const SURNAMES: readonly string[] =
  `adams allen anderson bailey baker bell bennett brooks brown butler campbell carter clark collins cook cooper cox cruz
   davis diaz edwards evans fisher flores foster garcia gomez gonzalez gray green hall harris hernandez hill howard hughes
   jackson jenkins johnson jones kelly king lee lewis long lopez martin martinez miller mitchell moore morgan morris murphy
   myers nelson parker perez peterson phillips powell price ramirez reed richardson rivera roberts robinson rodriguez rogers
   ross russell sanchez sanders scott shaw simmons smith stewart sullivan taylor thompson torres turner walker ward watson
   white williams wilson wood wright young`.split(/\s+/);
