-- A deleted account looks for what it announced, to take its name away.
CREATE INDEX announcements_of_maker ON announcements (made_by) WHERE made_by IS NOT NULL;
