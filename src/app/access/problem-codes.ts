/** What the commands about users and keys refuse, beside what src/access does. */
export const ACCESS_COMMAND_PROBLEM_CODES = {
  PASSWORD_FILE_UNREADABLE: 'The file that holds the password of a new user cannot be read.',
} as const;
